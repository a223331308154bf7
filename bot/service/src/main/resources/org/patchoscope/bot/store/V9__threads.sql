-- SPDX-License-Identifier: Apache-2.0

-- Other mails of a series' thread that were handed in with it: replies, with the trailers in them.
create table thread_mail (
    series bigint not null references series (id),
    id_key varchar(1000) not null,
    mail bytea not null,
    primary key (series, id_key)
);
