import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks every file against every flavour in one process; exit code 1 if any check fails. */
public final class Validate {
    private Validate() {}

    public static void main(String[] arguments) {
        List<PDFAFlavour> flavours = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (String argument : arguments) {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(argument);
            if (files.isEmpty() && flavour != PDFAFlavour.NO_FLAVOUR && !argument.endsWith(".pdf")) {
                flavours.add(flavour);
            } else {
                files.add(Path.of(argument));
            }
        }
        VeraGreenfieldFoundryProvider.initialise();
        boolean sound = true;
        for (Path file : files) {
            for (PDFAFlavour flavour : flavours) {
                sound &= check(file, flavour);
            }
        }
        System.exit(sound ? 0 : 1);
    }

    private static boolean check(Path file, PDFAFlavour flavour) {
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        try (var input = Files.newInputStream(file);
                PDFAParser parser = foundry.createParser(input, flavour);
                PDFAValidator validator = foundry.createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            String verdict = result.isCompliant() ? "PASS" : "FAIL";
            System.out.printf(
                    "%s %s %s (%d checks)%n", verdict, flavour.getId(), file, result.getTotalAssertions());
            printFailures(result);
            return result.isCompliant();
        } catch (Exception error) {
            // A file that the engine cannot read is a failure of the file, and of this check alone.
            System.out.printf("FAIL %s %s: %s%n", flavour.getId(), file, error);
            return false;
        }
    }

    private static void printFailures(ValidationResult result) {
        Map<String, List<TestAssertion>> byRule = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                byRule.computeIfAbsent(rule, key -> new ArrayList<>()).add(assertion);
            }
        }
        byRule.forEach((rule, failed) -> {
            TestAssertion first = failed.get(0);
            String place = first.getLocation().getContext();
            System.out.printf("    %s, %d times: %s%n        first at %s%n", rule, failed.size(), first.getMessage(), place);
        });
    }
}
