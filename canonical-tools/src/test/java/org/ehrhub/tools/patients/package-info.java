@NullMarked
package org.ehrhub.tools.patients;

import org.jspecify.annotations.NullMarked;
