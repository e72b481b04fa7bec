-- identity: emergencies of an office (14.2.5). Frozen once released; later files only add.
CREATE TABLE emergency (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        kind TEXT NOT NULL,                     -- code emergency_kind
        reason TEXT NOT NULL,
        declared_by BIGINT NOT NULL,
        declared_at BIGINT NOT NULL,            -- ms
        ended_by BIGINT NOT NULL,               -- another person; 0: it stands
        ended_at BIGINT NOT NULL,               -- ms
        report TEXT NOT NULL,                   -- of who ended it: cause, what was done, what was found
        sessions BIGINT NOT NULL,               -- ended by its measures
        steps_done BIGINT NOT NULL,             -- of the plan, when it ended
        steps_open BIGINT NOT NULL,
        state BIGINT NOT NULL                   -- 0 stands, 1 ended
);
CREATE INDEX emergency_standing ON emergency (office, state);
--truth: emergency id

-- What the system does while it stands.
CREATE TABLE emergency_measure (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        emergency BIGINT NOT NULL,              -- emergency.id
        measure TEXT NOT NULL,                  -- code emergency_measure
        taken_by BIGINT NOT NULL,
        taken_at BIGINT NOT NULL,               -- ms
        sessions BIGINT NOT NULL,               -- ended by this very measure
        lifted_at BIGINT NOT NULL               -- ms; 0: it holds
);
CREATE INDEX emergency_measure_of ON emergency_measure (emergency);
--truth: emergency_measure id

-- The plan for this kind as it was when the emergency was declared; ticked off by persons.
CREATE TABLE emergency_step (
        id BIGINT NOT NULL PRIMARY KEY,
        office BIGINT NOT NULL,
        version BIGINT NOT NULL,
        chain_seq BIGINT NOT NULL,
        emergency BIGINT NOT NULL,              -- emergency.id
        place BIGINT NOT NULL,                  -- from 1
        step TEXT NOT NULL,                     -- code emergency_step
        done_by BIGINT NOT NULL,                -- 0: open
        done_at BIGINT NOT NULL,                -- ms
        note TEXT NOT NULL                      -- what was found or done
);
CREATE INDEX emergency_step_of ON emergency_step (emergency);
--truth: emergency_step id
