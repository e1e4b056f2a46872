"""The changes of the data: what each switch to another release has changed, as pages, LDES and Atom."""
