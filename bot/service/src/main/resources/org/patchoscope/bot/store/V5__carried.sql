-- SPDX-License-Identifier: Apache-2.0

-- Reviews of two versions of a topic that were set against each other, and what became of each finding.
alter table review add column compared boolean default false not null;
create index review_compared on review (compared);
create table comparison (
    newer bigint not null references review (id),
    older bigint not null references review (id),
    primary key (newer, older)
);
create index comparison_older on comparison (older);
create table carried (
    newer bigint not null,
    older bigint not null,
    position integer not null,
    -- NEW, STILL_THERE, GONE or UNDECIDED.
    fate varchar(20) not null,
    -- The finding's number in each review, 0 where it has none.
    newer_number integer not null,
    older_number integer not null,
    because varchar(1000) not null,
    primary key (newer, older, position),
    foreign key (newer, older) references comparison (newer, older)
);
