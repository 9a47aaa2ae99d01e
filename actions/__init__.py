"""Chat entrance: from slots to a service, and from its result to a reply."""
