package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ehrhub.fhir.StoredQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a site may write as a query in GraphQL. */
class GraphQueryTest {
    private static final String HEAD = "query Chart($patient: ID!) ";

    @Test
    void readsTheVariablesOfAQuery() {
        var query = read("""
                query Chart($patient: ID!, $code: String $count: Int, $all: Boolean!) {
                  Patient(id: $patient) { id name { family } ObservationList(_reference: subject, code: $code, _count: $count) {
                    id note { text } performer { resource { ... on Practitioner { id } } } } }
                }
                """);

        assertThat(query.variables())
                .containsOnlyKeys("patient", "code", "count", "all")
                .containsEntry("patient", new GraphQuery.Variable("ID", true))
                .containsEntry("code", new GraphQuery.Variable("String", false))
                .containsEntry("count", new GraphQuery.Variable("Int", false))
                .containsEntry("all", new GraphQuery.Variable("Boolean", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mutation Chart($patient: ID!) { PatientDelete(id: $patient) { id } }",
                "query Chart($patient: ID!) { Patient(id: $patient) { id } } mutation more { remove(id: 1) { id } }",
                "query Chart($patient: ID!) { Patient(id: $patient) { id } } mutation More { PatientDelete(id: 1) { id } }",
                "query Chart($patient: ID!) { Patient(id: $patient) { id } } MUTATION More { PatientDelete(id: 1) { id } }",
                "query Chart($patient: ID!) { Patient(id: $patient) { id } } mutation{PatientDelete(id: 1) { id }}",
                "query Chart($patient: ID!) { Patient(id: $patient) { id } }\n#\nmutation More { PatientDelete(id: 1) { id } }",
                "query Chart($patient: ID!) { x: Patient(id: \"\\\"\") { id } }",
                "subscription Chart($patient: ID!) { Patient(id: $patient) { id } }",
                "query Chart($patient: ID!) { Patient(id: $patient) { text { div } } }",
                "query Chart($patient: ID!) { Patient(id: $patient) { photo { data } } }",
                "query Chart($patient: ID!) { Patient(id: \"\"\"1\"\"\") { id } }",
                "query Chart($patient: ID!) { P\u0430tient(id: $patient) { id } }",
                "{ Patient(id: \"1\") { id } }",
                "query { Patient(id: \"1\") { id } }",
                "fragment F on Patient { id }",
                ""
            })
    void refusesWhatIsNotAQueryAndNothingElse(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("graphql must");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "query Chart($id: ID!) { Patient(id: $id) { id } }",
                "query Chart($patient: ID) { Patient(id: $patient) { id } }",
                "query Chart($patient: String!) { Patient(id: $patient) { id } }",
                "query Chart($patient: ID!, $n: Int = 5) { Patient(id: $patient) { id } }",
                "query Chart($patient: ID!, $n: [Int]) { Patient(id: $patient) { id } }",
                "query Chart($patient: ID!, $n: Money) { Patient(id: $patient) { id } }"
            })
    void wantsTypedVariablesOfWhichOneIsThePatient(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ Bot(id: $patient) { id } }",
                "{ BotList(name: \"x\") { code } }",
                "{ Patient(id: $patient) { AuditEventList(_reference: entity) { id } } }",
                "{ Patient(id: $patient) { BinaryConnection(_reference: x) { id } } }",
                "{ Patient(id: $patient) { link { other { resource { ... on ClientApplication { secret } } } } } }",
                "{ PatientDelete(id: $patient) { id } }"
            })
    void namesNoTypeThatAQueryDoesNotRead(String body) {
        assertThatThrownBy(() -> read(HEAD + body)).hasMessageContaining("types that fhir.query does not read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ Patient(id: $patient) { id } }",
                "{ a: Patient(id: $patient) { id } b: ListList(subject: \"Bot/1\") { id } }",
                "{ Patient(id: $patient) { ConditionConnection(_reference: subject) { edges { node { id } } } } }"
            })
    void takesTypesThatAQueryReads(String body) {
        assertThatCode(() -> read(HEAD + body)).doesNotThrowAnyException();
    }

    @Test
    void takesNoNameTwiceAndNoOddOne() {
        var one = new StoredQuery("chart", HEAD + "{ Patient(id: $patient) { id } }");

        assertThatThrownBy(() -> StoredQueries.of(List.of(one, one), QueryTypes.of(List.of())))
                .hasMessageContaining("once");
        assertThatThrownBy(() -> new StoredQuery("../chart", one.query())).hasMessageStartingWith("name");
    }

    private static GraphQuery read(String text) {
        return GraphQuery.read(text, QueryTypes.of(List.of()));
    }
}
