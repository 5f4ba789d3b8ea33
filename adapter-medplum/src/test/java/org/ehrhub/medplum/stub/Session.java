package org.ehrhub.medplum.stub;

/**
 * Who asks.
 *
 * @param account whose token or secret it was
 * @param acting  whose rights count: the client's own, or those of the user it acts for
 * @param scope   the SMART scopes of the token
 * @param trusted whether nothing is checked and nothing costs, while a test puts records in
 */
record Session(Account account, Member acting, String scope, boolean trusted) {
    boolean onBehalf() {
        return !acting.equals(account.member());
    }

    boolean admin() {
        return trusted || acting.admin();
    }
}
