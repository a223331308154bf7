#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts Postfix and Dovecot, and ends with the first of them.
set -eu
: "${MAILBOX_PASSWORD:?the password of the mailbox}"
umask 077
printf 'patchoscope:%s\n' "$(doveadm pw -s SHA512-CRYPT -p "$MAILBOX_PASSWORD")" >/run/dovecot-users
chown dovecot /run/dovecot-users
unset MAILBOX_PASSWORD
umask 022
chown 5000:5000 /var/mail
postconf -e "myhostname = $(hostname -f 2>/dev/null || hostname)"
dovecot -F &
exec postfix start-fg
