/** The terminology operations, over the excerpts that a site holds as CodeSystem, ValueSet and ConceptMap. */
@NullMarked
package org.ehrhub.sandbox.terminology;

import org.jspecify.annotations.NullMarked;
