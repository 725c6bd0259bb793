package kith.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import kith.node.platform.serialization.CborSerializable;

/// Which package may know which: the arrows point inwards.
@AnalyzeClasses(packages = "kith", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule socketsKnowNobodyButTheirSettings =
      noClasses()
          .that()
          .resideInAPackage("kith.node.gateway.socket..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("kith.node..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "kith.node.gateway.socket..", "kith.node.platform.config.."))));

  @ArchTest
  static final ArchRule sessionsKnowNoFeature =
      noClasses()
          .that()
          .resideInAPackage("kith.node.core.session..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("kith.node.feature..");

  @ArchTest
  static final ArchRule figuresKnowNobodyWhoCounts =
      noClasses()
          .that()
          .resideInAPackage("kith.node.platform.metrics..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("kith.node..")
                  .and(not(resideInAnyPackage("kith.node.platform.metrics.."))));

  @ArchTest
  static final ArchRule onlyFiguresKnowTheirLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("kith.node.platform.metrics..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.prometheus..");

  @ArchTest
  static final ArchRule tlsKnowsNobodyButItsSettings =
      noClasses()
          .that()
          .resideInAPackage("kith.node.platform.tls..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("kith.node..")
                  .and(
                      not(
                          resideInAnyPackage(
                              "kith.node.platform.tls..", "kith.node.platform.config.."))));

  @ArchTest
  static final ArchRule theProtocolIsForClientsToo =
      noClasses()
          .that()
          .resideInAPackage("kith.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.pekko..", "kith.node..");

  @ArchTest
  static final ArchRule whatIsKeptOrTravelsIsARecordOrAnEnum =
      classes()
          .that()
          .implement(CborSerializable.class)
          .and()
          .areNotInterfaces()
          .should(new BeARecordOrAnEnum());

  private static final class BeARecordOrAnEnum extends ArchCondition<JavaClass> {
    BeARecordOrAnEnum() {
      super("be a record or an enum");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      var isFine = type.isRecord() || type.isEnum();
      events.add(new SimpleConditionEvent(type, isFine, type.getName()));
    }
  }
}
