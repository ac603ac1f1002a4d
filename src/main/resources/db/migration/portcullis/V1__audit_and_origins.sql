-- Times are milliseconds since 1970-01-01T00:00:00Z. Digests are hexadecimal.

create table portcullis_audit (
    entry_number bigint        not null primary key,
    occurred_at  bigint        not null,
    node         varchar(100)  not null,
    type         varchar(50)   not null,
    endpoint     varchar(100),
    address      varchar(100),
    issuer       varchar(500),
    subject      varchar(255),
    socket_id    varchar(100),
    namespace    varchar(255),
    target       varchar(255),
    code         varchar(100),
    detail       varchar(1000),
    occurrences  integer       not null,
    digest       varchar(64)   not null
);

create index portcullis_audit_time on portcullis_audit (occurred_at);
create index portcullis_audit_type on portcullis_audit (type, entry_number);
create index portcullis_audit_subject on portcullis_audit (subject, entry_number);

-- One row: which entries there are, and the lock that makes all nodes write one chain.
create table portcullis_audit_chain (
    id            integer     not null primary key,
    first_number  bigint      not null,
    before_digest varchar(64) not null,
    last_number   bigint      not null,
    last_digest   varchar(64) not null,
    seal          varchar(64) not null
);

insert into portcullis_audit_chain (id, first_number, before_digest, last_number, last_digest, seal)
values (1, 1, '', 0, '', '');

create table portcullis_origin (
    id       varchar(36)  not null primary key,
    endpoint varchar(100) not null,
    origin   varchar(300) not null,
    added_by varchar(500) not null,
    added_at bigint       not null,
    constraint portcullis_origin_once unique (endpoint, origin)
);
