-- SPDX-License-Identifier: Apache-2.0
-- Commands that were found in mail, each once however many copies of its mail come, and what became of them.
create table mail_command (
  id bigint primary key,
  -- SHA-256 of Message-ID, sender, position and text.
  command_key varchar(64) not null unique,
  id_key varchar(255) not null,
  message_id varchar not null,
  sender varchar not null,
  position integer not null,
  text varchar not null,
  -- When it was written, at the latest: the earlier of Date and arrival.
  written bigint not null,
  queued bigint not null,
  -- WAITING, TAKEN, DONE, FAILED or REFUSED.
  state varchar(16) not null,
  -- By what right it is carried out, or why it is not.
  reason varchar(32) not null,
  answer varchar not null,
  decided bigint not null
);
create index mail_command_state on mail_command (state);
create index mail_command_id_key on mail_command (id_key);
create index mail_command_sender on mail_command (sender);
