package org.ehrhub.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

/** Keys held in memory, as a key service would give them. */
public record SampleKeys(List<Key> keys) implements PayloadKeys {
    /** Keys made of these numbers, the current one first. */
    public static SampleKeys of(Integer... numbers) {
        return new SampleKeys(Arrays.stream(numbers).map(SampleKeys::key).toList());
    }

    private static Key key(int number) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return new Key("%016x".formatted(number), new SecretKeySpec(bytes, "AES"));
    }

    @Override
    public Key current() {
        return keys.getFirst();
    }

    @Override
    public Optional<Key> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    @Override
    public Set<String> ids() {
        return keys.stream().map(Key::id).collect(Collectors.toUnmodifiableSet());
    }
}
