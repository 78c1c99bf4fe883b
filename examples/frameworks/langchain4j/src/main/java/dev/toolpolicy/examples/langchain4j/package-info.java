/**
 * Glue to LangChain4j, to be copied: every tool that an AI service gets goes through a {@link
 * dev.toolpolicy.examples.langchain4j.GuardedTools}, which lists it and judges each call of it.
 */
@NullMarked
package dev.toolpolicy.examples.langchain4j;

import org.jspecify.annotations.NullMarked;
