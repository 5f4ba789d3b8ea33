/**
 * HAPI FHIR JPA as its own process: a demanding, independent FHIR R4 server to prove the FHIR adapter against.
 *
 * <p>HAPI JPA needs an older Spring than the hub and brings some two hundred jars, so the two must never share a class
 * path. Three things keep them apart:
 *
 * <ul>
 *   <li>this module takes the root pom, but sets {@code spring-boot.version} to its own line;
 *   <li>every dependency of the server is {@code optional}: whoever depends on {@code test-ehr-server} gets one small
 *       jar, and from it {@link org.ehrhub.testehr.TestEhrProcess}, which needs the JDK only;
 *   <li>the build writes the server's class path into that jar ({@code server.classpath}), with which
 *       {@code TestEhrProcess} starts {@link org.ehrhub.testehr.TestEhrServer} in a JVM of its own.
 * </ul>
 *
 * <p>The class path names files of the local Maven repository: the jar is of use on the machine that built it, and is
 * neither installed nor deployed. Tests that use it live in {@code test-ehr/contract}, which nothing else depends on, so
 * that building the hub alone never fetches HAPI JPA.
 */
@NullMarked
package org.ehrhub.testehr;

import org.jspecify.annotations.NullMarked;
