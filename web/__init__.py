"""Web entrance: pages and the documented API."""
