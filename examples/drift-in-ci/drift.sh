#!/bin/sh
# Compares the tenant with the program, and changes nothing. Exit code 0: as declared. 7: drift, which was shown.
# Anything else: the comparison itself failed, for example because a secret ran out.
#
# --run-program takes the credentials from today's configuration and environment, not from the state.
set -u
pulumi preview --refresh --run-program --expect-no-changes --diff --non-interactive "$@"
code=$?
case $code in
  0) echo "No drift: the tenant is as the program declares it." ;;
  7) echo "Drift: the tenant is not as the program declares it: one of the two was changed. 'pulumi up' sets what the program declares." >&2 ;;
  *) echo "The comparison failed (exit code $code): nothing is known of drift." >&2 ;;
esac
exit $code
