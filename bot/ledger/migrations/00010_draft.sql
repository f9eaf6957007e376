-- +goose Up
CREATE TABLE draft (
    name        TEXT NOT NULL,
    day         TEXT NOT NULL,
    part        TEXT NOT NULL,
    source      TEXT NOT NULL,
    content     TEXT NOT NULL,
    content_id  TEXT NOT NULL,
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    digest      TEXT NOT NULL,
    state       TEXT NOT NULL,
    drafted_by  TEXT NOT NULL,
    drafted_at  BIGINT NOT NULL,
    approved_by TEXT NOT NULL,
    approved_at BIGINT NOT NULL,
    revision    BIGINT NOT NULL,
    PRIMARY KEY (name, day, part)
);
CREATE INDEX draft_day ON draft (day);
CREATE TABLE told (
    what TEXT PRIMARY KEY,
    at   BIGINT NOT NULL
);

-- +goose Down
DROP TABLE told;
DROP TABLE draft;
