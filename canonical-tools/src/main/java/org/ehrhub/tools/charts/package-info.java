/** What is known of a patient's health: problems, allergies, medicines, results, visits, plans. */
@NullMarked
package org.ehrhub.tools.charts;

import org.jspecify.annotations.NullMarked;
