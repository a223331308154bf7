-- SPDX-License-Identifier: Apache-2.0
-- Questions that are asked again and again look at what they are about, and not at the whole archive.

-- Mails that came from a source first, and when the last of them came; where the source does not say, when it was sent.
alter table source_position add column mails bigint default 0 not null;
alter table source_position add column last_mail bigint default 0 not null;
update source_position set
  mails = (select count(*) from mail m where m.source = source_position.source),
  last_mail = coalesce((select max(case when m.arrived > 0 then m.arrived else m.sent end) from mail m
    where m.source = source_position.source), 0);

create index mail_automatic on mail (automatic, id);

-- What a sender posts without threads is looked for around the time of one such mail.
drop index mail_loner;
create index mail_loner_sent on mail (loner, sent);
