package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hubs of one database promise each other about their payload keys, on every database. */
abstract class SharedKeysPromises {
    private Database database;

    abstract StoreSettings settings();

    @BeforeEach
    void openDatabase() {
        database = Database.open(settings());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private void starts(String node, Integer... keys) {
        new SharedKeys(database, node, Path.of("payload.keys")).agree(SampleKeys.of(keys));
    }

    @Test
    void hubsOfOneFileStartTogetherAndAgain() {
        starts("one", 1);
        starts("two", 1);
        assertThatCode(() -> starts("one", 1)).doesNotThrowAnyException();
    }

    @Test
    void aHubThatCannotReadWhatAnotherEncryptsDoesNotStartAndLeavesTheOtherInPeace() {
        starts("one", 1);
        assertThatThrownBy(() -> starts("two", 2))
                .hasMessageContaining("The hub one of this database encrypts under the key 0000000000000001")
                .hasMessageContaining("payload.keys")
                .hasMessageContaining("copy it from there");
        assertThatCode(() -> starts("one", 1)).doesNotThrowAnyException();
    }

    @Test
    void aNewKeyIsGivenToEveryHubBeforeOneEncryptsUnderIt() {
        starts("one", 1);
        starts("two", 1);
        assertThatThrownBy(() -> starts("one", 2, 1))
                .hasMessageContaining("encrypts under the key 0000000000000002, which the hub two")
                .hasMessageContaining("add its line below the current one there and restart that hub first");
        starts("two", 1, 2);
        starts("one", 2, 1);
        assertThatCode(() -> starts("two", 2, 1)).doesNotThrowAnyException();
    }

    @Test
    void aHubThatEndedLongAgoDoesNotHoldAnybodyUp() {
        starts("one", 1);
        database.durably(sql -> sql.sql("update hub_node set beat_at = current_timestamp - interval '1' minute")
                .update());
        assertThatCode(() -> starts("two", 2)).doesNotThrowAnyException();
    }

    @Test
    void ofTwoHubsThatStartAtOnceWithDifferentFilesOneDoesNot() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hubs = IntStream.range(0, 4)
                    .<Callable<Object>>mapToObj(number -> () -> {
                        starts("hub" + number, number + 1);
                        return "started";
                    })
                    .toList();
            assertThat(threads.invokeAll(hubs))
                    .filteredOn(hub -> hub.state() == Future.State.SUCCESS)
                    .hasSize(1);
        }
    }
}
