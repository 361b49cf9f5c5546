"""What is drawn and copied of characters: dots under them, slanted ones, missing ones, the text behind them."""
