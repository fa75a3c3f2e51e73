@node "%~dp0pulumi-resource-sailpoint" %*
