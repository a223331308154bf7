-- SPDX-License-Identifier: Apache-2.0

-- How far each store of mail was followed: the newest change of a series that was taken from it.
create table mail_cursor (
    store varchar(1000) primary key,
    changed timestamp with time zone not null
);

-- Where its mail comes from, as that store last said.
create table mail_source (
    store varchar(1000) not null,
    source varchar(1000) not null,
    mails bigint not null,
    last_mail timestamp with time zone not null,
    looked timestamp with time zone not null,
    primary key (store, source)
);
