package org.ehrhub.tools;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which groups a field of an answer belongs to: a caller sees it who may see all of them. On a record it holds for the
 * fields that name none of their own. What stands under no annotation is {@link FieldGroup#CLINICAL}; no group at all means
 * that the field tells nothing of a patient, or holds only records whose own fields say where they belong. References are
 * always shown: other tools need them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Group {
    /** The groups. */
    FieldGroup[] value() default {};
}
