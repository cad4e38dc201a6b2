# The errors of aws are explained where they are printed. In ~/.zshrc, behind compinit:
#   eval "$(awsexplain init zsh)"
# Only where standard error is a terminal; `command aws` is aws by itself.
function aws {
  if [[ -t 2 ]]; then
    command awsexplain run -- aws "$@"
  else
    command aws "$@"
  fi
}
