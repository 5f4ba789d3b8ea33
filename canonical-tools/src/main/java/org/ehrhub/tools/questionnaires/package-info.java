/** Questionnaires that patients answer. */
@NullMarked
package org.ehrhub.tools.questionnaires;

import org.jspecify.annotations.NullMarked;
