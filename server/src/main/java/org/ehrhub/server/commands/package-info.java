/** The command {@code ehr-hub} and its subcommands; the only package that writes to the terminal. */
@NullMarked
package org.ehrhub.server.commands;

import org.jspecify.annotations.NullMarked;
