-- SPDX-License-Identifier: Apache-2.0
-- accounting, business store: how balances were shared out when housing was split or merged. Frozen once released; later
-- files only add.
CREATE TABLE transfer_share (
        id BIGINT NOT NULL,                 -- office number << 32 | serial
        office BIGINT NOT NULL,             -- who keeps the row
        version BIGINT NOT NULL,            -- 1 at insert, +1 at each change
        chain_seq BIGINT NOT NULL,          -- chain entry that wrote this version
        voucher_id BIGINT NOT NULL,         -- voucher.id
        change_id BIGINT NOT NULL,          -- housing_change.id
        from_apartment_id BIGINT NOT NULL,  -- apartment.id that ended
        to_apartment_id BIGINT NOT NULL,    -- apartment.id that follows
        part INTEGER NOT NULL,              -- 0 principal, 1 distributed interest
        total BIGINT NOT NULL,              -- fen that the old one had
        weight BIGINT NOT NULL,             -- covered area of the new one, 0.01 m2
        weight_total BIGINT NOT NULL,       -- of all new ones, 0.01 m2
        floor_share BIGINT NOT NULL,        -- fen, cut off
        remainder BIGINT NOT NULL,          -- of total x weight / weight_total
        rank BIGINT NOT NULL,               -- by remainder, equal ones by id; from 1
        extra_fen INTEGER NOT NULL,         -- 1: got one of the fen left over
        amount BIGINT NOT NULL,             -- fen
        computation TEXT NOT NULL,          -- as people write it
        PRIMARY KEY (id)
);
--ledger: transfer_share
--;
CREATE INDEX transfer_share_change ON transfer_share (change_id);
--;
CREATE INDEX transfer_share_to ON transfer_share (to_apartment_id);
--;
CREATE INDEX transfer_share_voucher ON transfer_share (voucher_id);
