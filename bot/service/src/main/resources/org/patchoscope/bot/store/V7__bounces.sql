-- SPDX-License-Identifier: Apache-2.0

-- How far a mailbox was read for mail of ours that came back.
create table bounce_cursor (
    store varchar(1000) not null,
    source varchar(1000) not null,
    number bigint not null,
    primary key (store, source)
);

-- Addresses to which mail of ours came back for good, the last time.
create table undeliverable (
    address varchar(500) primary key,
    since timestamp with time zone not null,
    status varchar(20) not null,
    reply bigint not null references reply (id)
);
