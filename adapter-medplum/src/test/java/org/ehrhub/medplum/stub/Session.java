package org.ehrhub.medplum.stub;

/**
 * Who asks.
 *
 * @param account whose token or secret it was
 * @param acting  whose rights count: the client's own, or those of the user it acts for
 * @param scope   the SMART scopes of the token
 */
record Session(Account account, Member acting, String scope) {
    boolean onBehalf() {
        return !acting.equals(account.member());
    }

    boolean admin() {
        return acting.admin();
    }
}
