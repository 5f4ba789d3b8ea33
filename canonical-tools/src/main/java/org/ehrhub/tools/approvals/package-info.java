/** What people have approved. */
@NullMarked
package org.ehrhub.tools.approvals;

import org.jspecify.annotations.NullMarked;
