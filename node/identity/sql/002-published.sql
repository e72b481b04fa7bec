-- What others may read of people: who is behind an id. Frozen once released.
CREATE VIEW v_person AS SELECT id, office, name FROM person;
