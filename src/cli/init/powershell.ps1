# The errors of aws are explained where they are printed. In $PROFILE:
#   awsexplain init powershell | Out-String | Invoke-Expression
# $LASTEXITCODE is that of aws; $? (and so && and ||) is that of a function, which PowerShell always says is true.
# Only where PowerShell's own standard error is a terminal; `& (Get-Command aws -CommandType Application)` is aws by itself.
function aws {
  $program = Get-Command aws -CommandType Application -TotalCount 1
  $words = $args
  if (-not [Console]::IsErrorRedirected) {
    $program = Get-Command awsexplain -CommandType Application -TotalCount 1
    $words = @('run', '--', 'aws') + $args
  }
  if ($MyInvocation.ExpectingInput) { $input | & $program @words } else { & $program @words }
}
