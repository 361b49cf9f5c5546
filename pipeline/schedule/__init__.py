"""What is stale, on which executor it runs, and the state kept between runs."""
