//! One incident, told in each language the way people there write it: the same facts must come out.

use super::*;
use crate::model::StatusState;

/// A document and what makes it differ from the others; date, level, status and figures are the same in all.
struct Case {
    language: &'static str,
    text: &'static str,
    owner: &'static str,
    item_owner: &'static str,
    /// The words that the resolution must hold.
    resolution: &'static str,
}

const CASES: [Case; 12] = [
    Case {
        language: "de",
        owner: "Katrin Vogel",
        item_owner: "Jonas Brandt",
        resolution: "Verbindungen",
        text: "\
# Störung: Bestellungen schlagen fehl

**Schweregrad:** Hoch
**Status:** Behoben
**Datum:** 14.03.2025
**Verantwortlich:** Katrin Vogel
**Betroffene Dienste:** orders-api, checkout
**Dauer:** 1 Stunde 20 Minuten

## Zeitverlauf (UTC)

- 09:10 - Erste Fehler in den Protokollen
- 09:25 - Alarm bei der Bereitschaft
- 10:30 - Störung behoben

## Ursache

Die Verbindungen zur Datenbank wurden nach der Umstellung nicht mehr geschlossen, und der Vorrat war leer.

## Lösung

Wir haben die Verbindungen freigegeben und den Dienst neu gestartet:

```bash
kubectl rollout restart deploy/orders-api
```

## Maßnahmen

- [ ] Obergrenze für Verbindungen überwachen (Verantwortlich: Jonas Brandt, fällig: 2025-03-28)
- [ ] Umstellung mit der Last von Montag testen (Verantwortlich: Katrin Vogel, fällig: 2025-04-04)
",
    },
    Case {
        language: "es",
        owner: "Lucía Ferrer",
        item_owner: "Tomás Rey",
        resolution: "conexiones",
        text: "\
# Incidente: fallan los pedidos

**Severidad:** Alta
**Estado:** Resuelto
**Fecha:** 14/03/2025
**Responsable:** Lucía Ferrer
**Servicios afectados:** orders-api, checkout
**Duración:** 1 hora 20 minutos

## Cronología (UTC)

- 09:10 - Primeros errores en los registros
- 09:25 - Se detecta la caída en el panel
- 10:30 - Servicio resuelto y estable

## Causa raíz

Las conexiones a la base de datos no se cerraban después del cambio y se agotó el límite.

## Resolución

Se liberaron las conexiones y se reinició el servicio:

```bash
kubectl rollout restart deploy/orders-api
```

## Acciones correctivas

- [ ] Vigilar el límite de conexiones (Responsable: Tomás Rey, Plazo: 2025-03-28)
- [ ] Probar el cambio con la carga del lunes (Responsable: Lucía Ferrer, Plazo: 2025-04-04)
",
    },
    Case {
        language: "fr",
        owner: "Camille Roche",
        item_owner: "Hugo Petit",
        resolution: "connexions",
        text: "\
# Incident : les commandes échouent

**Gravité :** Élevée
**Statut :** Résolu
**Date :** 14/03/2025
**Responsable :** Camille Roche
**Services affectés :** orders-api, checkout
**Durée :** 1 heure 20 minutes

## Chronologie (UTC)

- 09:10 - Premières erreurs dans les journaux
- 09:25 - Alerte reçue par l'astreinte
- 10:30 - Incident clos, retour à la normale

## Cause racine

Les connexions à la base de données n'étaient plus fermées après le changement et la réserve était vide.

## Résolution

Nous avons libéré les connexions et redémarré le service :

```bash
kubectl rollout restart deploy/orders-api
```

## Actions correctives

- [ ] Surveiller la limite de connexions (Responsable: Hugo Petit, Échéance: 2025-03-28)
- [ ] Tester le changement avec la charge du lundi (Responsable: Camille Roche, Échéance: 2025-04-04)
",
    },
    Case {
        language: "pt",
        owner: "Beatriz Lemos",
        item_owner: "Rui Nunes",
        resolution: "conexões",
        text: "\
# Incidente: os pedidos falham

**Severidade:** Alta
**Status:** Resolvido
**Data:** 14/03/2025
**Responsável:** Beatriz Lemos
**Serviços afetados:** orders-api, checkout
**Duração:** 1 hora 20 minutos

## Linha do tempo (UTC)

- 09:10 - Primeiros erros nos registros
- 09:25 - Alerta recebido pelo plantão
- 10:30 - Serviço resolvido e normalizado

## Causa raiz

As conexões com o banco de dados não eram mais fechadas após a mudança, e o limite foi atingido.

## Resolução

Liberamos as conexões e reiniciamos o serviço:

```bash
kubectl rollout restart deploy/orders-api
```

## Ações corretivas

- [ ] Monitorar o limite de conexões (Responsável: Rui Nunes, Prazo: 2025-03-28)
- [ ] Testar a mudança com a carga da segunda (Responsável: Beatriz Lemos, Prazo: 2025-04-04)
",
    },
    // The fields of an item stand in a table here: the parser takes none from full-width brackets and colons.
    Case {
        language: "ja",
        owner: "佐藤 美咲",
        item_owner: "田中 健",
        resolution: "接続",
        text: "\
# 注文処理の障害報告

- 重大度: 高
- ステータス: 解決済み
- 発生日: 2025年3月14日
- 担当者: 佐藤 美咲
- **影響サービス**：orders-api, checkout
- 継続時間: 1時間20分

## タイムライン (UTC)

- 09:10 - ログに最初のエラーが出始めた
- 09:25 - 監視が異常を検知した
- 10:30 - 障害が解消した

## 根本原因

変更後にデータベースへの接続が閉じられず、上限に達した。

## 対応内容

接続を解放し、サービスを再起動した。

```bash
kubectl rollout restart deploy/orders-api
```

## 再発防止策

| 対策 | 担当者 | 期限 | 状態 |
|---|---|---|---|
| 接続数の上限を監視する | 田中 健 | 2025-03-28 | 未着手 |
| 月曜日の負荷で変更を試験する | 佐藤 美咲 | 2025-04-04 | 完了 |
",
    },
    Case {
        language: "zh",
        owner: "李娜",
        item_owner: "王强",
        resolution: "连接",
        text: "\
# 订单服务故障报告

- 严重程度：高
- 状态：已解决
- 日期：2025年3月14日
- 负责人：李娜
- **影响服务**：orders-api, checkout
- 持续时间：1小时20分钟

## 时间线 (UTC)

- 09:10 - 日志中首次报错
- 09:25 - 值班人员收到告警
- 10:30 - 服务恢复正常

## 根本原因

变更之后数据库连接没有关闭，连接池被耗尽。

## 解决方案

释放连接并重启服务。

```bash
kubectl rollout restart deploy/orders-api
```

## 改进措施

| 行动项 | 负责人 | 截止日期 | 状态 |
|---|---|---|---|
| 监控连接数的上限 | 王强 | 2025-03-28 | 进行中 |
| 用周一的流量测试变更 | 李娜 | 2025-04-04 | 已完成 |
",
    },
    Case {
        language: "ru",
        owner: "Ольга Белова",
        item_owner: "Илья Громов",
        resolution: "соединения",
        text: "\
# Инцидент: заказы не создаются

**Критичность:** Высокая
**Статус:** Решён
**Дата:** 14.03.2025
**Ответственный:** Ольга Белова
**Затронутые сервисы:** orders-api, checkout
**Длительность:** 1 час 20 минут

## Хронология (UTC)

- 09:10 - Первые ошибки в журналах
- 09:25 - Сработал алерт у дежурного
- 10:30 - Проблема полностью устранена

## Первопричина

После изменения соединения с базой данных не закрывались, и их запас был исчерпан.

## Решение

Мы освободили соединения и перезапустили сервис:

```bash
kubectl rollout restart deploy/orders-api
```

## План действий

- [ ] Добавить наблюдение за числом соединений (Ответственный: Илья Громов, Срок: 2025-03-28)
- [ ] Проверить изменение на нагрузке понедельника (Ответственный: Ольга Белова, Срок: 2025-04-04)
",
    },
    Case {
        language: "it",
        owner: "Chiara Fontana",
        item_owner: "Luca Greco",
        resolution: "connessioni",
        text: "\
# Incidente: gli ordini non vengono creati

**Gravità:** Alta
**Stato:** Risolto
**Data dell'incidente:** 14/03/2025
**Responsabile:** Chiara Fontana
**Servizi interessati:** orders-api, checkout
**Durata:** 1 ora 20 minuti

## Cronologia (UTC)

- 09:10 - Primi errori nei registri
- 09:25 - Allarme ricevuto dal reperibile
- 10:30 - Incidente risolto

## Causa principale

Le connessioni alla base di dati non erano più chiuse dopo la modifica e il limite è stato raggiunto.

## Risoluzione

Abbiamo liberato le connessioni e riavviato il servizio:

```bash
kubectl rollout restart deploy/orders-api
```

## Azioni correttive

- [ ] Sorvegliare il limite delle connessioni (Responsabile: Luca Greco, Scadenza: 2025-03-28)
- [ ] Provare la modifica con il carico del lunedì (Responsabile: Chiara Fontana, Scadenza: 2025-04-04)
",
    },
    Case {
        language: "nl",
        owner: "Sanne Kuipers",
        item_owner: "Bram Mulder",
        resolution: "verbindingen",
        text: "\
# Storing: bestellingen mislukken

**Ernst:** Hoog
**Status:** Opgelost
**Datum:** 14-03-2025
**Verantwoordelijke:** Sanne Kuipers
**Getroffen diensten:** orders-api, checkout
**Duur:** 1 uur 20 minuten

## Tijdlijn (UTC)

- 09:10 - Eerste fouten in de logboeken
- 09:25 - Melding bij de wachtdienst
- 10:30 - Storing verholpen

## Oorzaak

De verbindingen met de database werden na de wijziging niet meer gesloten en de voorraad was op.

## Oplossing

Wij hebben de verbindingen vrijgegeven en de dienst opnieuw gestart:

```bash
kubectl rollout restart deploy/orders-api
```

## Actiepunten

- [ ] Grens van het aantal verbindingen bewaken (Verantwoordelijke: Bram Mulder, Deadline: 2025-03-28)
- [ ] Wijziging met de last van maandag testen (Verantwoordelijke: Sanne Kuipers, Deadline: 2025-04-04)
",
    },
    Case {
        language: "pl",
        owner: "Ewa Kowalczyk",
        item_owner: "Piotr Zając",
        resolution: "połączenia",
        text: "\
# Awaria: zamówienia nie są tworzone

**Poziom ważności:** Wysoki
**Status:** Rozwiązany
**Data incydentu:** 14.03.2025
**Osoba odpowiedzialna:** Ewa Kowalczyk
**Dotknięte usługi:** orders-api, checkout
**Czas trwania:** 1 godzina 20 minut

## Oś czasu (UTC)

- 09:10 - Pierwsze błędy w dziennikach
- 09:25 - Zgłoszenie do dyżurnego
- 10:30 - Awaria została usunięta, incydent zamknięty

## Przyczyna źródłowa

Po zmianie połączenia z bazą danych nie były zamykane i zostały wyczerpane, co nie od razu było widoczne.

## Rozwiązanie

Zwolniliśmy połączenia i uruchomiliśmy usługę ponownie:

```bash
kubectl rollout restart deploy/orders-api
```

## Działania naprawcze

- [ ] Monitorować limit połączeń (Odpowiedzialny: Piotr Zając, Termin: 2025-03-28)
- [ ] Przetestować zmianę na obciążeniu z poniedziałku (Odpowiedzialny: Ewa Kowalczyk, Termin: 2025-04-04)
",
    },
    Case {
        language: "ko",
        owner: "김서연",
        item_owner: "박준호",
        resolution: "연결",
        text: "\
# 주문 서비스 장애 보고서

- 심각도: 높음
- 상태: 해결됨
- 발생일: 2025년 3월 14일
- 담당자: 김서연
- **영향 서비스**: orders-api, checkout
- 지속 시간: 1시간 20분

## 타임라인 (UTC)

- 09:10 - 로그에 최초 오류 기록
- 09:25 - 모니터링에서 이상 감지
- 10:30 - 서비스 정상화

## 근본 원인

변경 이후 데이터베이스 연결이 닫히지 않아 한도에 도달했다.

## 조치 내용

연결을 해제하고 서비스를 다시 시작했다.

```bash
kubectl rollout restart deploy/orders-api
```

## 재발 방지 대책

| 조치 항목 | 담당자 | 기한 | 상태 |
|---|---|---|---|
| 연결 수 한도 감시 | 박준호 | 2025-03-28 | 진행 중 |
| 월요일 부하로 변경 시험 | 김서연 | 2025-04-04 | 완료 |
",
    },
    Case {
        language: "sv",
        owner: "Elin Sandberg",
        item_owner: "Oskar Lind",
        resolution: "anslutningarna",
        text: "\
# Driftstörning: beställningar misslyckas

**Allvarlighetsgrad:** Hög
**Status:** Löst
**Datum:** 2025-03-14
**Ansvarig:** Elin Sandberg
**Berörda tjänster:** orders-api, checkout
**Varaktighet:** 1 timme 20 minuter

## Tidslinje (UTC)

- 09:10 - Första felen i loggarna
- 09:25 - Larm till jouren
- 10:30 - Störningen åtgärdad

## Grundorsak

Anslutningarna till databasen stängdes inte efter ändringen och det fanns inga kvar att använda.

## Lösning

Vi frigjorde anslutningarna och startade om tjänsten:

```bash
kubectl rollout restart deploy/orders-api
```

## Åtgärder

- [ ] Övervaka gränsen för anslutningar (Ansvarig: Oskar Lind, Senast: 2025-03-28)
- [ ] Testa ändringen med måndagens last (Ansvarig: Elin Sandberg, Senast: 2025-04-04)
",
    },
];

fn read(case: &Case) -> Document {
    parse("notes/a.md", case.text.as_bytes(), &ParseOptions::default()).document
}

#[test]
fn the_header_is_read_in_every_language() {
    for case in &CASES {
        let (document, language) = (read(case), case.language);
        assert_eq!(document.language.as_deref(), Some(language));
        assert_eq!(document.kind.value, Kind::Incident, "{language}");
        assert_eq!(document.date.unwrap().value.to_string(), "2025-03-14", "{language}");
        assert_eq!(document.severity.unwrap().value.level(), 2, "{language}");
        assert_eq!(document.status.unwrap().value.state, StatusState::Resolved, "{language}");
        assert!(document.owners.iter().any(|owner| owner.value == case.owner), "{language}: {:?}", document.owners);
        let services = &document.services;
        assert!(services.iter().any(|service| service.value == "orders-api"), "{language}: {services:?}");
        assert_eq!(document.durations.stated[0].minutes, Some(80), "{language}");
    }
}

#[test]
fn the_sections_are_read_in_every_language() {
    for case in &CASES {
        let (document, language) = (read(case), case.language);
        assert!(document.has_root_cause, "{language}");
        assert_eq!(document.timeline.len(), 3, "{language}: {:?}", document.timeline);
        let resolution = document.resolution.unwrap_or_else(|| panic!("{language}: no resolution")).value;
        assert!(resolution.contains(case.resolution), "{language}: {resolution}");
        let command = document.commands.first().map(|command| command.text.as_str());
        assert_eq!(command, Some("kubectl rollout restart deploy/orders-api"), "{language}");
        let marks: Vec<_> = document.timeline.iter().map(|entry| entry.mark.is_some()).collect();
        assert_eq!(marks, [true, true, true], "{language}: {:?}", document.timeline);
    }
}

#[test]
fn the_action_items_are_read_in_every_language() {
    for case in &CASES {
        let (document, language) = (read(case), case.language);
        let items = &document.action_items;
        assert_eq!(items.len(), 2, "{language}: {items:?}");
        assert_eq!(items[0].owner.as_deref(), Some(case.item_owner), "{language}");
        let due = items[0].due.as_ref().map(|due| due.date.to_string());
        assert_eq!(due.as_deref(), Some("2025-03-28"), "{language}");
        let done = matches!(language, "ja" | "zh" | "ko");
        assert_eq!((items[0].done, items[1].done), (false, done), "{language}");
    }
}
