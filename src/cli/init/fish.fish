# The errors of aws are explained where they are printed. In ~/.config/fish/config.fish:
#   awsexplain init fish | source
# Only where standard error is a terminal; `command aws` is aws by itself.
function aws --description 'aws, with its errors explained'
  if isatty stderr
    command awsexplain run -- aws $argv
  else
    command aws $argv
  end
end
