/** What stands in a diff where a secret was changed on the tenant without us. It is never sent to a tenant. */
export const SECRET_CHANGED = "[secret changed on the tenant]";
