package org.ehrhub.sandbox.people;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/** Who lives near which site: the named people of the word list, thirty people known to both sites, and each site's own. */
final class Population {
    /** Changing the seed changes every synthetic person. */
    static final long SEED = 20260101L;

    private static final int KNOWN_TO_BOTH = 28;
    private static final int FIRST_BIRTH_YEAR = 1932;
    private static final int BIRTH_DAYS = 91 * 365;

    private final WordList words;

    Population(WordList words) {
        this.words = words;
    }

    /** The people one site knows, always in the same order: the named ones, those of both sites, its own. */
    List<Person> of(String site, int size, int firstNumber) {
        var people = new ArrayList<Person>();
        words.lines("person").stream()
                .filter(line -> line.get(0).equals("both") || line.get(0).equals(site))
                .map(Population::named)
                .forEach(people::add);
        IntStream.range(1, 1 + KNOWN_TO_BOTH).mapToObj(this::drawn).forEach(people::add);
        IntStream.range(firstNumber, firstNumber + size - people.size())
                .mapToObj(this::drawn)
                .forEach(people::add);
        return List.copyOf(people);
    }

    private static Person named(List<String> line) {
        return new Person(
                Integer.parseInt(line.get(5)),
                line.get(1),
                List.of(line.get(2).split("\\+", -1)),
                AdministrativeGender.fromCode(line.get(3)),
                LocalDate.parse(line.get(4)),
                false);
    }

    private Person drawn(int number) {
        var random = new SplittableRandom(SEED * 31 + number);
        boolean female = random.nextBoolean();
        List<String> pool = words.words(female ? "female" : "male");
        var given = new ArrayList<String>(List.of(one(pool, random)));
        if (random.nextInt(4) == 0) {
            given.add(one(pool, random));
        }
        LocalDate birth = LocalDate.of(FIRST_BIRTH_YEAR, 1, 1).plusDays(random.nextInt(BIRTH_DAYS));
        boolean deceased = birth.getYear() < 1950 && random.nextInt(4) == 0;
        return new Person(
                number,
                one(words.words("family"), random),
                List.copyOf(given),
                female ? AdministrativeGender.FEMALE : AdministrativeGender.MALE,
                birth,
                deceased);
    }

    static <T> T one(List<T> from, SplittableRandom random) {
        return from.get(random.nextInt(from.size()));
    }
}
