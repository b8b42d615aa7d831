// The peer: PocketBase with the same two jobs. A durable registration (its own record API plus a journal row in the same
// transaction) and a public job page rendered from a record. SQLite is set to synchronous=FULL.
package main

import (
	"bytes"
	"database/sql"
	"html/template"
	"log"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"modernc.org/sqlite"
)

var page = template.Must(template.New("job").Parse(`<!doctype html><html lang="id"><head><title>{{.Title}}</title></head><body><h1>{{.Title}}</h1><p>{{.Company}} · {{.Country}}</p><p>{{.Pay}}</p><ul>{{range .Items}}<li>{{.}}</li>{{end}}</ul></body></html>`))

func init() {
	sql.Register("durable_sqlite", &sqlite.Driver{})
	dbx.BuilderFuncMap["durable_sqlite"] = dbx.BuilderFuncMap["sqlite3"]
}

// The pragmas PocketBase itself sets, with synchronous FULL in place of NORMAL.
func durable(path string) (*dbx.DB, error) {
	pragmas := "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)"
	return dbx.Open("durable_sqlite", path+pragmas)
}

func main() {
	app := pocketbase.NewWithConfig(pocketbase.Config{DBConnect: durable, DefaultDataDir: "pb_data"})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if _, err := app.FindCollectionByNameOrId("registrations"); err != nil {
			make := func(name string, fields ...core.Field) error {
				c := core.NewBaseCollection(name)
				open := ""
				c.CreateRule, c.ViewRule = &open, &open
				c.Fields.Add(fields...)
				return app.Save(c)
			}
			if err := make("registrations", &core.TextField{Name: "name"}, &core.TextField{Name: "phone"}); err != nil {
				return err
			}
			if err := make("journal", &core.TextField{Name: "event"}, &core.TextField{Name: "subject"}); err != nil {
				return err
			}
			if err := make("jobs", &core.TextField{Name: "title"}, &core.TextField{Name: "company"}, &core.TextField{Name: "country"}, &core.TextField{Name: "pay"}); err != nil {
				return err
			}
			c, _ := app.FindCollectionByNameOrId("jobs")
			r := core.NewRecord(c)
			r.Id = "job000000000001"
			r.Set("title", "Perawat lansia (kaigo)")
			r.Set("company", "PT Maju Jaya Abadi")
			r.Set("country", "Jepang")
			r.Set("pay", "198.000")
			if err := app.Save(r); err != nil {
				return err
			}
		}
		e.Router.POST("/daftar", func(e *core.RequestEvent) error {
			in := struct{ Name, Phone string }{}
			if err := e.BindBody(&in); err != nil {
				return e.BadRequestError("", err)
			}
			err := app.RunInTransaction(func(tx core.App) error {
				c, err := tx.FindCachedCollectionByNameOrId("registrations")
				if err != nil {
					return err
				}
				r := core.NewRecord(c)
				r.Set("name", in.Name)
				r.Set("phone", in.Phone)
				if err := tx.Save(r); err != nil {
					return err
				}
				j, err := tx.FindCachedCollectionByNameOrId("journal")
				if err != nil {
					return err
				}
				row := core.NewRecord(j)
				row.Set("event", "bench.registered")
				row.Set("subject", r.Id)
				return tx.Save(row)
			})
			if err != nil {
				return e.InternalServerError("", err)
			}
			return e.JSON(http.StatusCreated, map[string]bool{"ok": true})
		})
		e.Router.GET("/lowongan", func(e *core.RequestEvent) error {
			r, err := app.FindRecordById("jobs", "job000000000001")
			if err != nil {
				return e.NotFoundError("", err)
			}
			var out bytes.Buffer
			data := map[string]any{"Title": r.GetString("title"), "Company": r.GetString("company"), "Country": r.GetString("country"), "Pay": r.GetString("pay"), "Items": []string{"SMA", "JLPT N4", "18 tahun"}}
			if err := page.Execute(&out, data); err != nil {
				return err
			}
			return e.HTML(http.StatusOK, out.String())
		})
		return e.Next()
	})
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}
