-- Requests for weaker rules are MACed like the settings themselves. Frozen once released.
ALTER TABLE setting_request ADD COLUMN mac TEXT NOT NULL DEFAULT ''; -- of the row as it was asked for
