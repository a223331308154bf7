-- SPDX-License-Identifier: Apache-2.0
-- Mail is kept in a database of its own: its tables have names that the service's have too.
create database patchoscope_mail owner patchoscope;
