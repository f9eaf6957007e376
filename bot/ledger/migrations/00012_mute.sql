-- +goose Up
CREATE TABLE mute (
    member TEXT PRIMARY KEY REFERENCES member (number),
    since  BIGINT NOT NULL
);

-- +goose Down
DROP TABLE mute;
