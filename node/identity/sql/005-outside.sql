-- identity: people of involved organizations (2.0.11). Frozen once released; later files only add.
ALTER TABLE person ADD COLUMN organization BIGINT NOT NULL DEFAULT 0;     -- organization.id; 0: staff
