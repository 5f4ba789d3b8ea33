/** EHR adapters written as Camel YAML routes. */
@NullMarked
package org.ehrhub.yaml;

import org.jspecify.annotations.NullMarked;
