/** What a person is shown who is asked to approve a call, and what the agent is told of it. */
@NullMarked
package org.ehrhub.routes.approvals;

import org.jspecify.annotations.NullMarked;
