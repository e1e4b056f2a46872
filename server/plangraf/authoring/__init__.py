"""Files for somebody who begins to write plans."""
