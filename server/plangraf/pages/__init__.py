"""Pages: view models, templates, and the queries behind them."""
