#!/bin/sh
# The steps of promotion.yml, to be run anywhere: ./ci.sh preview|deploy|night --stack STACK
#
# preview  what the program would change, as Markdown for a comment. Exit code 0 whether it changes something or not.
# deploy   sets what the program declares.
# night    keeps an export of the tenant, and compares the program with the tenant. Exit code 0: as declared; 7: drift, with
#          drift.html telling what and who; anything else: the comparison failed.
set -u
step=$1
shift
case $step in
  preview)
    pulumi preview --refresh --run-program --diff --non-interactive --color never "$@" >preview.txt 2>&1
    code=$?
    { echo "### pulumi preview $*"; echo '````'; cat preview.txt; echo '````'; } >preview.md
    cat preview.md
    exit $code
    ;;
  deploy)
    pulumi up --refresh --run-program --yes --non-interactive "$@"
    ;;
  night)
    stack=$2
    npx pulumi-sailpoint export --out last-night --all --force || exit $?
    npx pulumi-sailpoint compare "stack:$stack" --html drift.html
    code=$?
    case $code in
      0) echo "No drift: the tenant is as the program declares it." ;;
      1) echo "Drift: the tenant is not as the program declared it; drift.html shows what, and who changed it last." >&2
         code=7 ;;
      *) echo "The comparison failed (exit code $code): nothing is known of drift." >&2 ;;
    esac
    exit $code
    ;;
  *)
    echo "usage: ./ci.sh preview|deploy|night --stack STACK" >&2
    exit 64
    ;;
esac
