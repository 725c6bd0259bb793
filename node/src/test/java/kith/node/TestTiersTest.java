package kith.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/// Tests that start a node take seconds: they run with `mvn verify` and not with `mvn test`.
@AnalyzeClasses(packages = "kith.node", importOptions = ImportOption.OnlyIncludeTests.class)
class TestTiersTest {
  private static final Set<String> NODES =
      Set.of("kith.node.Node", "kith.node.TestNode", "kith.node.story.NodeProcess");

  @ArchTest
  static final ArchRule testsThatStartNodesAreStories =
      classes()
          .that()
          .haveSimpleNameEndingWith("Test")
          .and()
          .areTopLevelClasses()
          .and(new StartNodes())
          .should(new BeTaggedAs("story"));

  /// Follows the fixtures and the nested classes of a test.
  private static final class StartNodes extends DescribedPredicate<JavaClass> {
    StartNodes() {
      super("start nodes");
    }

    @Override
    public boolean test(JavaClass type) {
      var seen = new HashSet<JavaClass>();
      var next = new ArrayDeque<>(List.of(type));
      while (!next.isEmpty()) {
        var one = next.remove();
        if (!one.getName().startsWith("kith.") || !seen.add(one)) continue;
        if (NODES.contains(one.getName())) return true;
        one.getDirectDependenciesFromSelf().stream()
            .map(Dependency::getTargetClass)
            .forEach(next::add);
      }
      return false;
    }
  }

  private static final class BeTaggedAs extends ArchCondition<JavaClass> {
    private final String tag;

    BeTaggedAs(String tag) {
      super("be tagged as " + tag);
      this.tag = tag;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      var isTagged =
          type.tryGetAnnotationOfType(Tag.class)
              .map(given -> given.value().equals(tag))
              .orElse(false);
      events.add(new SimpleConditionEvent(type, isTagged, type.getName()));
    }
  }
}
