package org.ehrhub.routes;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a caller outside the hub is told.
 *
 * @param failed whether the tool failed; then {@code json} is {@code {"error":{code, message, retryable, hint, callId}}}
 * @param json the answer; valid against the tool's output schema unless failed
 * @param text the same answer as JSON text
 */
public record ToolAnswer(boolean failed, ObjectNode json, String text) {}
