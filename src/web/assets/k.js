// The officers' pages work without this. It adds keys.
