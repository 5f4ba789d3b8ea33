package org.ehrhub.server.config;

/**
 * How the log is written.
 *
 * @param format for people or for programs
 */
public record LogSettings(@Default("text") LogFormat format) {}
