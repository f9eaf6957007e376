package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"lianwen/bot"
	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

func newWebAccount(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "account",
		Short: "页面的账号：建、列出、发链接、改权限、删、全部退出",
		Long: "工作人员的页面要用账号登录。第一个账号在这里建，权限是“管理”；以后的也可以在页面的“设置”里建。\n" +
			"建好以后给一个链接，本人打开链接自己设密码：链接 48 小时内有效，只能用一次。\n" +
			"权限：查看（只看）、编辑（日常的改动）、管理（还有账号和备份）。",
		Example: "  lianwen web account add 王五 --number S01\n  lianwen web account list\n  lianwen web account link 王五",
		Args:    noSuchCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newWebAccountAdd(a), newWebAccountList(a),
		a.changesAccount("link 名字", "发一个新链接，重新设密码", "给账号发一个新链接，重新设密码。原来的密码作废，已经登录的都退出；锁住的也打开。", 1,
			func(ctx context.Context, cfg *config, d *staff.Desk, args []string) error {
				token, err := d.RenewLink(ctx, actor(), args[0])
				return a.said(err, "账号“%s”原来的密码已作废。%s", args[0], linkText(cfg, token))
			}),
		a.changesAccount("role 名字 权限", "改权限：查看、编辑、管理", "改账号的权限，马上生效。最后一个“管理”的账号不能改小。", 2,
			func(ctx context.Context, _ *config, d *staff.Desk, args []string) error {
				role, err := readRole(args[1])
				if err == nil {
					err = d.SetRole(ctx, actor(), args[0], role)
				}
				return a.said(err, "账号“%s”的权限现在是“%s”。\n", args[0], role.Chinese())
			}),
		a.changesAccount("remove 名字", "删账号", "删掉一个账号，已经登录的马上退出。它做过的事还在记录里。最后一个“管理”的账号不能删。", 1,
			func(ctx context.Context, _ *config, d *staff.Desk, args []string) error {
				return a.said(d.RemoveAccount(ctx, actor(), args[0]), "账号“%s”已删除。\n", args[0])
			}),
		a.changesAccount("logout 名字", "让账号在所有地方退出", "让账号在所有地方马上退出。密码不变，还可以再登录。", 1,
			func(ctx context.Context, _ *config, d *staff.Desk, args []string) error {
				_, err := d.LogOutEverywhere(ctx, actor(), args[0])
				return a.said(err, "账号“%s”在所有地方都退出了。\n", args[0])
			}))
	return cmd
}

// changesAccount makes a command that does one thing to an account.
func (a *app) changesAccount(use, short, long string, args int, do func(ctx context.Context, cfg *config, d *staff.Desk, args []string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Long: long,
		Args: exactArgs(args, "请写上账号的名字"+map[int]string{1: "。", 2: "和权限。"}[args]),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withDesk(cmd.Context(), func(cfg *config, d *staff.Desk) error { return do(cmd.Context(), cfg, d, args) })
		},
	}
}

func newWebAccountAdd(a *app) *cobra.Command {
	var role, number string
	cmd := &cobra.Command{
		Use:     "add 名字",
		Short:   "建账号，给出设密码的链接",
		Long:    "建一个账号，给出设密码的链接，请用可靠的方式交给本人。名字是 1 到 20 个汉字、字母、数字，一般写姓名。",
		Example: "  lianwen web account add 王五 --number S01\n  lianwen web account add 赵六 --role 编辑",
		Args:    exactArgs(1, "请写上账号的名字，如 lianwen web account add 王五。"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withDesk(cmd.Context(), func(cfg *config, d *staff.Desk) error {
				r, err := a.roleOfNew(cmd.Context(), d, role)
				if err != nil {
					return err
				}
				token, err := d.AddAccount(cmd.Context(), actor(), args[0], r, number)
				return a.said(err, "账号“%s”已建好，权限“%s”。%s", args[0], r.Chinese(), linkText(cfg, token))
			})
		},
	}
	cmd.Flags().StringVar(&role, "role", "", "权限：查看、编辑、管理（默认：第一个账号是管理，以后是查看）")
	cmd.Flags().StringVar(&number, "number", "", "是花名册里哪个工作人员的：编号，如 S01")
	return cmd
}

// roleOfNew is the role of an account that is to be added: of the first the one
// that may add others, where none is named.
func (a *app) roleOfNew(ctx context.Context, d *staff.Desk, word string) (ledger.Role, error) {
	if word != "" {
		return readRole(word)
	}
	list, err := d.Accounts(ctx)
	if len(list) == 0 {
		return ledger.RoleAdmin, err
	}
	return ledger.RoleView, err
}

func readRole(word string) (ledger.Role, error) {
	if r, ok := ledger.ReadRole(word); ok {
		return r, nil
	}
	return "", bot.Invalid.Sayf("没有“%s”这种权限。请写 查看、编辑 或 管理。", word)
}

// linkText is the link with which a password is set, and what to do with it.
func linkText(cfg *config, token string) string {
	return fmt.Sprintf("请把下面的链接交给本人，%d 小时内打开，自己设密码；只能用一次，不要发在群里：\n%s/welcome/%s\n",
		int(staff.LinkLife.Hours()), cfg.Web.base(), token)
}

// accountsResult is what web account list --json prints; scripts depend on it.
type accountsResult struct {
	Accounts []jsonAccount `json:"accounts"`
}

type jsonAccount struct {
	Name      string      `json:"name"`
	Role      ledger.Role `json:"role"` // view, edit or admin
	Number    string      `json:"number"`
	Password  bool        `json:"password"` // it is set
	LinkUntil *time.Time  `json:"link_until"`
	Made      time.Time   `json:"made"`
	Seen      *time.Time  `json:"seen"`
}

func newWebAccountList(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "列出账号",
		Long:  "列出账号，每个一行：名字、权限、编号、状态、最近一次登录，以制表符分隔。",
		Args:  exactArgs(0, "list 后面不用写别的。"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withDesk(cmd.Context(), func(cfg *config, d *staff.Desk) error {
				list, err := d.Accounts(cmd.Context())
				if err != nil {
					return err
				}
				if asJSON {
					return printJSON(a.out, accountsJSON(list))
				}
				if len(list) == 0 {
					return a.said(nil, "还没有账号。建第一个：lianwen web account add 名字\n")
				}
				for _, one := range list {
					if err := a.said(nil, "%s\t%s\t%s\t%s\t%s\n", one.Name, one.Role.Chinese(), one.Number, accountState(one, cfg.location), lastSeen(one, cfg.location)); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "只在标准输出上打印一个 JSON 对象")
	return cmd
}

func accountsJSON(list []ledger.WebAccount) accountsResult {
	res := accountsResult{Accounts: []jsonAccount{}}
	for _, one := range list {
		j := jsonAccount{Name: one.Name, Role: one.Role, Number: one.Number, Password: one.Password, Made: one.Made}
		if !one.LinkUntil.IsZero() {
			j.LinkUntil = &one.LinkUntil
		}
		if !one.Seen.IsZero() {
			j.Seen = &one.Seen
		}
		res.Accounts = append(res.Accounts, j)
	}
	return res
}

// accountState is whether an account can be logged in to.
func accountState(one ledger.WebAccount, location *time.Location) string {
	switch {
	case one.Password:
		return "可以登录"
	case one.LinkUntil.After(time.Now()):
		return "还没有设密码，链接到 " + one.LinkUntil.In(location).Format("2006-01-02 15:04")
	}
	return "还没有设密码，链接已过期"
}

func lastSeen(one ledger.WebAccount, location *time.Location) string {
	if one.Seen.IsZero() {
		return "没有登录过"
	}
	return one.Seen.In(location).Format("2006-01-02 15:04")
}
