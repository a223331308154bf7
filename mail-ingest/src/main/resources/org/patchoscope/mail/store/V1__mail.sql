-- SPDX-License-Identifier: Apache-2.0
-- One schema for H2 and PostgreSQL. Times are seconds since 1970, UTC; text lists are joined by blanks.

-- Writers take this row first, so that two processes on one store come one after the other.
create table writer (only_row integer primary key);
insert into writer values (1);

-- How far each source has been read; moves in the transaction that stores the mail.
create table source_position (
  source varchar(1000) primary key,
  position varchar not null,
  repeated bigint not null
);

-- One row per distinct raw mail; what is derived from it can be derived again.
create table mail (
  id bigint primary key,
  hash varchar(64) not null unique,
  size bigint not null,
  source varchar(1000) not null,
  arrived bigint not null,
  id_key varchar(255) not null,
  message_id varchar not null,
  thread bigint not null,
  kind varchar(16) not null,
  state varchar(16) not null,
  automatic boolean not null,
  loner varchar(255),
  subject varchar not null,
  author varchar not null,
  sent bigint not null,
  lists varchar not null,
  in_reply_to varchar not null,
  refs varchar not null
);
create index mail_id_key on mail (id_key);
create index mail_thread on mail (thread);
create index mail_loner on mail (loner);

-- The raw mail, deflated, in pieces.
create table content (
  mail bigint not null,
  piece integer not null,
  data bytea not null,
  primary key (mail, piece)
);

-- The thread of every Message-ID that came or was named.
create table thread_key (
  id_key varchar(255) primary key,
  thread bigint not null
);
create index thread_key_thread on thread_key (thread);

create table problem (
  mail bigint not null,
  kind varchar(32) not null,
  detail varchar not null
);
create index problem_mail on problem (mail);

create table series (
  id bigint primary key,
  thread bigint not null,
  topic bigint not null,
  root_key varchar(255) not null,
  digest varchar(64) not null,
  version integer not null,
  total integer not null,
  patches integer not null,
  missing varchar not null,
  rfc boolean not null,
  title varchar not null,
  author varchar not null,
  prefixes varchar not null,
  lists varchar not null,
  base varchar not null,
  sent bigint not null,
  changed bigint not null
);
create index series_thread on series (thread);
create index series_topic on series (topic);
create index series_root on series (root_key);
create index series_sent on series (sent);

create table series_mail (
  series bigint not null,
  position integer not null,
  part integer not null,
  id_key varchar(255) not null,
  primary key (series, position)
);
create index series_mail_id_key on series_mail (id_key);

-- What links postings to a topic: a shared key, or half of the titles.
create table series_key (
  series bigint not null,
  link varchar(255) not null
);
create index series_key_series on series_key (series);
create index series_key_link on series_key (link);
create table series_title (
  series bigint not null,
  title varchar(255) not null
);
create index series_title_series on series_title (series);
create index series_title_title on series_title (title);
