// SPDX-FileCopyrightText: 2026 The Coroscope authors
// SPDX-License-Identifier: MIT
#include "core/trace/names.h"

#include <QCoroTask>
#include <QTest>

#include <source_location>
#include <typeinfo>

using namespace coroscope::trace;

namespace hotel {

struct Door
{
    bool await_ready() const noexcept { return true; }
};
template<class T>
struct Room
{ };

} // namespace hotel

class NamesTest : public QObject
{
    Q_OBJECT

private slots:
    void functionsAreNamedAsAPersonWould_data();
    void functionsAreNamedAsAPersonWould();
    void thisCompilersOwnNamesAreUnderstood();
    void oddInputIsLeftAlone_data();
    void oddInputIsLeftAlone();
    void typesAreShortened();
};

void NamesTest::functionsAreNamedAsAPersonWould_data()
{
    // As Clang 19 and GCC 12 print them in std::source_location::function_name().
    QTest::addColumn<QByteArray>("pretty");
    QTest::addColumn<QString>("name");
    QTest::newRow("a free function, clang")
        << QByteArray("QCoro::Task<void> plain()") << QStringLiteral("plain()");
    QTest::newRow("a free function, gcc")
        << QByteArray("QCoro::Task<void> plain()") << QStringLiteral("plain()");
    QTest::newRow("parameters, clang") << QByteArray("QCoro::Task<int> download(Spec, const std::string &)")
                                       << QStringLiteral("download(Spec, const std::string &)");
    QTest::newRow("parameters, gcc") << QByteArray("QCoro::Task<int> download(Spec, const std::string&)")
                                     << QStringLiteral("download(Spec, const std::string&)");
    QTest::newRow("namespaces and pointers, clang")
        << QByteArray("QCoro::Task<std::vector<int>> net::http::get(std::map<std::string, int>, int *, const "
                      "char *const *)")
        << QStringLiteral("net::http::get(std::map<std::string, int>, int *, const char *const *)");
    QTest::newRow("namespaces and pointers, gcc")
        << QByteArray(
               "QCoro::Task<std::vector<int> > net::http::get(std::map<std::__cxx11::basic_string<char>, "
               "int>, int*, const char* const*)")
        << QStringLiteral(
               "net::http::get(std::map<std::__cxx11::basic_string<char>, int>, int*, const char* const*)");
    QTest::newRow("an anonymous namespace, clang")
        << QByteArray("QCoro::Task<void> (anonymous namespace)::hidden(int)")
        << QStringLiteral("hidden(int)");
    QTest::newRow("an anonymous namespace, gcc")
        << QByteArray("QCoro::Task<void> {anonymous}::hidden(int)") << QStringLiteral("hidden(int)");
    QTest::newRow("a class in an anonymous namespace, clang")
        << QByteArray("QCoro::Task<void> (anonymous namespace)::Inner::run() const")
        << QStringLiteral("Inner::run()");
    QTest::newRow("a class in an anonymous namespace, gcc")
        << QByteArray("QCoro::Task<void> {anonymous}::Inner::run() const") << QStringLiteral("Inner::run()");
    QTest::newRow("a template in an anonymous namespace, clang")
        << QByteArray("QCoro::Task<T> (anonymous namespace)::hiddenTemplate(T) [T = int]")
        << QStringLiteral("hiddenTemplate(T)");
    QTest::newRow("a template in an anonymous namespace, gcc")
        << QByteArray("QCoro::Task<T> {anonymous}::hiddenTemplate(T) [with T = int]")
        << QStringLiteral("hiddenTemplate(T)");
    QTest::newRow("an anonymous namespace in another, clang")
        << QByteArray("QCoro::Task<void> coroscope::(anonymous namespace)::nestedHidden()")
        << QStringLiteral("coroscope::nestedHidden()");
    QTest::newRow("an anonymous namespace in another, gcc")
        << QByteArray("QCoro::Task<void> coroscope::{anonymous}::nestedHidden()")
        << QStringLiteral("coroscope::nestedHidden()");
    QTest::newRow("a member, clang") << QByteArray("QCoro::Task<int> Client::fetch(int)")
                                     << QStringLiteral("Client::fetch(int)");
    QTest::newRow("a member, gcc") << QByteArray("QCoro::Task<int> Client::fetch(int)")
                                   << QStringLiteral("Client::fetch(int)");
    QTest::newRow("a const member, clang")
        << QByteArray("QCoro::Task<int> Client::cfetch() const") << QStringLiteral("Client::cfetch()");
    QTest::newRow("a const member, gcc")
        << QByteArray("QCoro::Task<int> Client::cfetch() const") << QStringLiteral("Client::cfetch()");
    QTest::newRow("an lvalue member, clang")
        << QByteArray("QCoro::Task<int> Client::rfetch() &") << QStringLiteral("Client::rfetch()");
    QTest::newRow("an lvalue member, gcc")
        << QByteArray("QCoro::Task<int> Client::rfetch() &") << QStringLiteral("Client::rfetch()");
    QTest::newRow("an rvalue member, clang")
        << QByteArray("QCoro::Task<int> Client::rrfetch() &&") << QStringLiteral("Client::rrfetch()");
    QTest::newRow("an rvalue member, gcc")
        << QByteArray("QCoro::Task<int> Client::rrfetch() &&") << QStringLiteral("Client::rrfetch()");
    QTest::newRow("a static member, clang")
        << QByteArray("static QCoro::Task<int> Client::make()") << QStringLiteral("Client::make()");
    QTest::newRow("a static member, gcc")
        << QByteArray("static QCoro::Task<int> Client::make()") << QStringLiteral("Client::make()");
    QTest::newRow("the call operator, clang") << QByteArray("QCoro::Task<int> Client::operator()(int)")
                                              << QStringLiteral("Client::operator()(int)");
    QTest::newRow("the call operator, gcc") << QByteArray("QCoro::Task<int> Client::operator()(int)")
                                            << QStringLiteral("Client::operator()(int)");
    QTest::newRow("the index operator, clang") << QByteArray("QCoro::Task<int> Client::operator[](int) const")
                                               << QStringLiteral("Client::operator[](int)");
    QTest::newRow("the index operator, gcc") << QByteArray("QCoro::Task<int> Client::operator[](int) const")
                                             << QStringLiteral("Client::operator[](int)");
    QTest::newRow("an equality, clang")
        << QByteArray("QCoro::Task<bool> Client::operator==(const Client &) const")
        << QStringLiteral("Client::operator==(const Client &)");
    QTest::newRow("an equality, gcc")
        << QByteArray("QCoro::Task<bool> Client::operator==(const Client&) const")
        << QStringLiteral("Client::operator==(const Client&)");
    QTest::newRow("a less-than, clang")
        << QByteArray("QCoro::Task<bool> Client::operator<(const Client &) const")
        << QStringLiteral("Client::operator<(const Client &)");
    QTest::newRow("a less-than, gcc")
        << QByteArray("QCoro::Task<bool> Client::operator<(const Client&) const")
        << QStringLiteral("Client::operator<(const Client&)");
    QTest::newRow("an arrow, clang") << QByteArray("QCoro::Task<bool> Client::operator->()")
                                     << QStringLiteral("Client::operator->()");
    QTest::newRow("an arrow, gcc") << QByteArray("QCoro::Task<bool> Client::operator->()")
                                   << QStringLiteral("Client::operator->()");
    QTest::newRow("a shift, clang") << QByteArray("QCoro::Task<int> Client::operator<<(int)")
                                    << QStringLiteral("Client::operator<<(int)");
    QTest::newRow("a shift, gcc") << QByteArray("QCoro::Task<int> Client::operator<<(int)")
                                  << QStringLiteral("Client::operator<<(int)");
    QTest::newRow("a virtual member, clang")
        << QByteArray("virtual QCoro::Task<void> Client::v()") << QStringLiteral("Client::v()");
    QTest::newRow("a virtual member, gcc")
        << QByteArray("virtual QCoro::Task<void> Client::v()") << QStringLiteral("Client::v()");
    QTest::newRow("a conversion, clang")
        << QByteArray("Task<void> Client::operator Task()") << QStringLiteral("Client::operator Task()");
    QTest::newRow("a conversion, gcc")
        << QByteArray("Client::operator Task<void>()") << QStringLiteral("Client::operator Task<void>()");
    QTest::newRow("a template, clang") << QByteArray("QCoro::Task<T> gather(std::vector<T>) [T = int]")
                                       << QStringLiteral("gather(std::vector<T>)");
    QTest::newRow("a template, gcc") << QByteArray("QCoro::Task<T> gather(std::vector<T>) [with T = int]")
                                     << QStringLiteral("gather(std::vector<T>)");
    QTest::newRow("a template of a template, clang")
        << QByteArray("QCoro::Task<T> gather(std::vector<T>) [T = std::pair<int, std::basic_string<char>>]")
        << QStringLiteral("gather(std::vector<T>)");
    QTest::newRow("a template of a template, gcc") << QByteArray(
        "QCoro::Task<T> gather(std::vector<T>) [with T = std::pair<int, std::__cxx11::basic_string<char> >]")
                                                   << QStringLiteral("gather(std::vector<T>)");
    QTest::newRow("a template of values, clang")
        << QByteArray("QCoro::Task<T> multi(T) [T = int, N = 3]") << QStringLiteral("multi(T)");
    QTest::newRow("a template of values, gcc")
        << QByteArray("QCoro::Task<T> multi(T) [with T = int; int N = 3]") << QStringLiteral("multi(T)");
    QTest::newRow("a class template's member, clang")
        << QByteArray("QCoro::Task<T> Box<int>::open(T) [T = int]") << QStringLiteral("Box<int>::open(T)");
    QTest::newRow("a class template's member, gcc")
        << QByteArray("QCoro::Task<T> Box<T>::open(T) [with T = int]") << QStringLiteral("Box<T>::open(T)");
    QTest::newRow("a member template, clang")
        << QByteArray("QCoro::Task<U> Box<std::vector<int>>::as(U) const [T = std::vector<int>, U = double]")
        << QStringLiteral("Box<std::vector<int>>::as(U)");
    QTest::newRow("a member template, gcc")
        << QByteArray("QCoro::Task<U> Box<T>::as(U) const [with U = double; T = std::vector<int>]")
        << QStringLiteral("Box<T>::as(U)");
    QTest::newRow("a function type as parameter, clang")
        << QByteArray("QCoro::Task<void> call(F, std::function<int (int)>) [F = (lambda at main.cpp:30:5)]")
        << QStringLiteral("call(F, std::function<int (int)>)");
    QTest::newRow("a function type as parameter, gcc")
        << QByteArray("QCoro::Task<void> call(F, std::function<int(int)>) [with F = main()::<lambda(int)>]")
        << QStringLiteral("call(F, std::function<int(int)>)");
    QTest::newRow("function pointers, clang")
        << QByteArray("QCoro::Task<void> fp(int (*)(int), void (Client::*)(), int (&)[3])")
        << QStringLiteral("fp(int (*)(int), void (Client::*)(), int (&)[3])");
    QTest::newRow("function pointers, gcc")
        << QByteArray("QCoro::Task<void> fp(int (*)(int), void (Client::*)(), int (&)[3])")
        << QStringLiteral("fp(int (*)(int), void (Client::*)(), int (&)[3])");
    QTest::newRow("a free operator, clang")
        << QByteArray("QCoro::Task<void> operator+(Client, int)") << QStringLiteral("operator+(Client, int)");
    QTest::newRow("a free operator, gcc")
        << QByteArray("QCoro::Task<void> operator+(Client, int)") << QStringLiteral("operator+(Client, int)");
    QTest::newRow("a trailing return type, clang")
        << QByteArray("QCoro::Task<int> autoReturn(int)") << QStringLiteral("autoReturn(int)");
    QTest::newRow("a trailing return type, gcc")
        << QByteArray("QCoro::Task<int> autoReturn(int)") << QStringLiteral("autoReturn(int)");
    QTest::newRow("a lambda of a namespace, clang")
        << QByteArray("auto (anonymous class)::operator()(int) const") << QStringLiteral("lambda");
    QTest::newRow("a lambda of a namespace, gcc") << QByteArray("<lambda(int)>") << QStringLiteral("lambda");
    QTest::newRow("a constrained parameter, clang")
        << QByteArray("QCoro::Task<void> constrained(Any auto) [x:auto = int]")
        << QStringLiteral("constrained(Any auto)");
    QTest::newRow("a constrained parameter, gcc")
        << QByteArray("QCoro::Task<void> constrained(auto:11) [with auto:11 = int]")
        << QStringLiteral("constrained(auto:11)");
    QTest::newRow("a nested class, clang") << QByteArray("static QCoro::Task<int> Outer::Mid::deep(Spec)")
                                           << QStringLiteral("Outer::Mid::deep(Spec)");
    QTest::newRow("a nested class, gcc") << QByteArray("static QCoro::Task<int> Outer::Mid::deep(Spec)")
                                         << QStringLiteral("Outer::Mid::deep(Spec)");
    QTest::newRow("a lambda in a member, clang")
        << QByteArray("auto Outer::withLambda()::(anonymous class)::operator()(int, Spec) const")
        << QStringLiteral("lambda in Outer::withLambda");
    QTest::newRow("a lambda in a member, gcc") << QByteArray("Outer::withLambda()::<lambda(int, Spec)>")
                                               << QStringLiteral("lambda in Outer::withLambda");
    QTest::newRow("a lambda, clang") << QByteArray("auto lambdas(int)::(anonymous class)::operator()() const")
                                     << QStringLiteral("lambda in lambdas");
    QTest::newRow("a lambda, gcc") << QByteArray("lambdas(int)::<lambda()>")
                                   << QStringLiteral("lambda in lambdas");
    QTest::newRow("a generic lambda, clang")
        << QByteArray("auto lambdas(int)::(anonymous class)::operator()(auto) const [x:auto = int]")
        << QStringLiteral("lambda in lambdas");
    QTest::newRow("a generic lambda, gcc")
        << QByteArray("lambdas(lambdas(int)::_Z7lambdasi.Frame*)::<lambda(auto:12)> [with auto:12 = int]")
        << QStringLiteral("lambda in lambdas");
    QTest::newRow("a mutable lambda, clang")
        << QByteArray("auto lambdas(int)::(anonymous class)::operator()(std::string)")
        << QStringLiteral("lambda in lambdas");
    QTest::newRow("a mutable lambda, gcc")
        << QByteArray("lambdas(int)::<lambda(std::string)> mutable") << QStringLiteral("lambda in lambdas");
    QTest::newRow("a local class, clang") << QByteArray("QCoro::Task<void> lambdas(int)::Local::go()")
                                          << QStringLiteral("lambdas(int)::Local::go()");
    QTest::newRow("a local class, gcc") << QByteArray("QCoro::Task<void> lambdas(int)::Local::go()")
                                        << QStringLiteral("lambdas(int)::Local::go()");
    QTest::newRow("a lambda in a lambda, clang") << QByteArray(
        "auto lambdas(int)::(anonymous class)::operator()()::(anonymous class)::operator()(int) const")
                                                 << QStringLiteral("lambda in lambdas");
    QTest::newRow("a lambda in a lambda, gcc")
        << QByteArray("lambdas(int)::<lambda()>::<lambda(int)>") << QStringLiteral("lambda in lambdas");
    QTest::newRow("a template with a string, clang")
        << QByteArray("QCoro::Task<void> lambdaInTemplate(T) [T = std::basic_string<char>]")
        << QStringLiteral("lambdaInTemplate(T)");
    QTest::newRow("a template with a string, gcc")
        << QByteArray("QCoro::Task<void> lambdaInTemplate(T) [with T = std::__cxx11::basic_string<char>]")
        << QStringLiteral("lambdaInTemplate(T)");
    QTest::newRow("a lambda in a template, clang") << QByteArray(
        "auto lambdaInTemplate(std::basic_string<char>)::(anonymous class)::operator()(T) const")
                                                   << QStringLiteral("lambda in lambdaInTemplate");
    QTest::newRow("a lambda in a template, gcc")
        << QByteArray("lambdaInTemplate<std::__cxx11::basic_string<char> "
                      ">(std::__cxx11::basic_string<char>)::<lambda(std::__cxx11::basic_string<char>)>")
        << QStringLiteral("lambda in lambdaInTemplate");
    QTest::newRow("a lambda in an anonymous namespace, clang") << QByteArray(
        "auto (anonymous namespace)::lambdaInHidden()::(anonymous class)::operator()(int) const")
                                                               << QStringLiteral("lambda in lambdaInHidden");
    QTest::newRow("a lambda in an anonymous namespace, gcc")
        << QByteArray("{anonymous}::lambdaInHidden()::<lambda(int)>")
        << QStringLiteral("lambda in lambdaInHidden");
    QTest::newRow("a lambda in main, clang")
        << QByteArray("auto main()::(anonymous class)::operator()(int) const")
        << QStringLiteral("lambda in main");
    QTest::newRow("a lambda in main, gcc")
        << QByteArray("main()::<lambda(int)>") << QStringLiteral("lambda in main");
    QTest::newRow("const and reference")
        << QByteArray("QCoro::Task<int> Client::both() const &") << QStringLiteral("Client::both()");
    QTest::newRow("arguments with brackets, clang")
        << QByteArray("QCoro::Task<T> first(T &) [T = int[3]]") << QStringLiteral("first(T &)");
    QTest::newRow("arguments with brackets, gcc")
        << QByteArray("QCoro::Task<T> call(F) [with F = outer(T) [with T = int]::<lambda(int)>; T = int]")
        << QStringLiteral("call(F)");
    QTest::newRow("a pointer returned") << QByteArray("int *find(int)") << QStringLiteral("find(int)");
    QTest::newRow("no parameters known") << QByteArray("download") << QStringLiteral("download");
    QTest::newRow("a name that holds operator")
        << QByteArray("QCoro::Task<void> my_operator_call(int)") << QStringLiteral("my_operator_call(int)");
}

void NamesTest::functionsAreNamedAsAPersonWould()
{
    QFETCH(QByteArray, pretty);
    QFETCH(QString, name);
    QCOMPARE(cleanFunctionName(pretty.constData()), name);
}

namespace {

QString here(std::source_location where = std::source_location::current())
{
    return cleanFunctionName(where.function_name());
}
QString inFree(int) { return here(); }
template<class T>
QString inTemplate(T)
{
    return here();
}
struct Member
{
    QString operator<(int) const { return here(); }
    static QString inStatic() { return here(); }
};

} // namespace

void NamesTest::thisCompilersOwnNamesAreUnderstood()
{
    QCOMPARE(inFree(1), QStringLiteral("inFree(int)"));
    QCOMPARE(inTemplate(1.5), QStringLiteral("inTemplate(T)"));
    QCOMPARE(Member() < 1, QStringLiteral("Member::operator<(int)"));
    QCOMPARE(Member::inStatic(), QStringLiteral("Member::inStatic()"));
    QCOMPARE([] { return here(); }(),
             QStringLiteral("lambda in NamesTest::thisCompilersOwnNamesAreUnderstood"));
}

void NamesTest::oddInputIsLeftAlone_data()
{
    QTest::addColumn<QByteArray>("pretty");
    for (const char *text : {"", ")", "(", "]", "[", "]]", "))((", "operator", " ", "<lambda", ">", "a >",
                             "()", "x [", "operator()", "::(anonymous class)::operator()"})
        QTest::newRow(text) << QByteArray(text);
}

void NamesTest::oddInputIsLeftAlone()
{
    QFETCH(QByteArray, pretty);
    const QString name = cleanFunctionName(pretty.constData());
    QVERIFY(name.size() <= pretty.size() + 6);
    QCOMPARE(cleanFunctionName(nullptr), QString());
}

void NamesTest::typesAreShortened()
{
    QCOMPARE(cleanTypeName(typeid(hotel::Door).name()), QStringLiteral("hotel::Door"));
    QCOMPARE(cleanTypeName(typeid(hotel::Room<std::vector<int>>).name()), QStringLiteral("hotel::Room"));
    QCOMPARE(cleanTypeName(typeid(QCoro::Task<int>).name()), QStringLiteral("Task"));
    QCOMPARE(cleanTypeName(typeid(Member).name()), QStringLiteral("Member"));
    QCOMPARE(cleanTypeName(typeid(int).name()), QStringLiteral("int"));
    QCOMPARE(cleanTypeName("not mangled"), QStringLiteral("not mangled"));
}

QTEST_GUILESS_MAIN(NamesTest)
#include "tst_names.moc"
